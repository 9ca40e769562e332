"""Where a request comes from, as coarsely as limits need it; never stored (PRI-04)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPV4_PREFIX = 24
IPV6_PREFIX = 56
UNKNOWN = "unknown"


def address_prefix(remote: str, forwarded: str, *, trusted_proxies: int) -> str:
    """The network of whoever calls: /24 of IPv4, /56 of IPv6.

    ``forwarded`` (X-Forwarded-For) is believed only for the last ``trusted_proxies`` steps: what stands further left
    was written by the caller, so changing it gives nobody a new network (AUT-10). What is no address counts as
    ``unknown``, all together.
    """
    steps = [step.strip() for step in forwarded.split(",") if step.strip()] if trusted_proxies else []
    chain = [*steps[-trusted_proxies:], remote] if trusted_proxies else [remote]
    address = _parsed(chain[0])
    if address is None:
        return UNKNOWN
    bits = IPV4_PREFIX if isinstance(address, IPv4Address) else IPV6_PREFIX
    return str(ip_network(f"{address}/{bits}", strict=False))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
