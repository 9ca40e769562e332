"""Operations of goals."""
