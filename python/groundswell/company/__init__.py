"""A company: from an HR export, or built in; its columns, facts, ties and pseudonyms."""

from groundswell.company.company import Company

__all__ = ["Company"]
