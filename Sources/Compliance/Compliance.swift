/// Compliance
