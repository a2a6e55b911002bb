"""What a letter says where nobody wrote words of their own. Touches no table."""

from tingsu.cases._letters import first_answer

__all__ = ["first_answer"]
