"""The demo's two spaces: invented people and organisations, brought in through the operations."""
