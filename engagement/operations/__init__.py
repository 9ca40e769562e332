"""Operations of engagement."""
