"""The print pack: what a session needs on paper, from a plan to pages that can be handed out."""
