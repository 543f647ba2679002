// Placeholder until the first type of Harvest lands.
