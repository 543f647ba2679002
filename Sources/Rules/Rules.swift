// Placeholder until the first type of Rules lands.
