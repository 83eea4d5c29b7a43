"""The pages of meetings: lists, a meeting, its minutes as they are taken, what goes out, what comes in."""
