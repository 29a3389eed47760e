"""Writers of the app. They work inside an open act (`core.audit.act`); whoever opened it records what happened.

Only seats are acts of their own: giving and ending one is always an event.
"""
