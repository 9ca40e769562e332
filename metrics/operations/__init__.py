"""Operations of metrics."""
