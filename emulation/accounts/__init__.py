"""Who people are: accounts, the seat they act in, the gate after login."""
