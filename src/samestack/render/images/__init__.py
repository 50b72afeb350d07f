"""What is known of images, for people and for programs."""
