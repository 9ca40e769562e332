"""Operations of stakeholders."""
