"""A mail server that takes everything and remembers it: ``python -m bench.sink PORT FILE [MILLISECONDS]``.

Each mail is one line of JSON in FILE, written before the server says that it took it; the pause comes between, so that
a sender can die there.
"""

import asyncio
import json
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path


class Sink:
    def __init__(self, path: Path, pause: float) -> None:
        self.file, self.pause = path.open("a", buffering=1), pause

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One SMTP conversation (RFC 5321), as far as a client of ours needs it."""
        try:
            writer.write(b"220 sink\r\n")
            while line := await reader.readline():
                word = line[:4].upper()
                if word == b"EHLO":
                    writer.write(b"250-sink\r\n250 8BITMIME\r\n")
                elif word == b"DATA":
                    writer.write(b"354 go on\r\n")
                    await writer.drain()
                    await self._take(await reader.readuntil(b"\r\n.\r\n"))
                    writer.write(b"250 taken\r\n")
                elif word == b"QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                else:
                    writer.write(b"250 fine\r\n")
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _take(self, content: bytes) -> None:
        headers = message_from_bytes(content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=default)
        told = {"id": headers["Message-ID"], "subject": headers["Subject"], "to": headers["To"]}
        self.file.write(json.dumps(told) + "\n")
        if self.pause:
            await asyncio.sleep(self.pause)


async def main(port: int, path: Path, pause: float) -> None:
    server = await asyncio.start_server(Sink(path, pause).talk, "127.0.0.1", port, limit=1 << 24)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) / 1000 if len(sys.argv) > 3 else 0.0))
