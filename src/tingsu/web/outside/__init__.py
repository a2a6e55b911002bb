"""What the house is connected with: webhooks and robots out, channels in."""
