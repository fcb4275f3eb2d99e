from invented_night import bureaus_closed

__all__ = ["bureaus_closed"]
