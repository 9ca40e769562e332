"""A filter for the page of devices."""

from django import template

from core.rules.device import device_in_words

register = template.Library()
register.filter("device", device_in_words)
