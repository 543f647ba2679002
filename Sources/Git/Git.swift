// Placeholder until the first type of Git lands.
