"""Papers: the report and the handouts as PDF, set by Typst from data passed as JSON."""
