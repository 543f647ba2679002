// Placeholder until the first type of PolicyFiles lands.
