"""Learned judgement: category, likeness, the customer read. No Django, no database, no files but
those it is handed; numpy here, scikit-learn only in `training.py`, which the worker imports.
"""
