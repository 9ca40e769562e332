"""Operations of funding."""
