"""Operations of partnerships."""
