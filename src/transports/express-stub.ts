// Stands in the bundled command for body-parser and mime-types, which Express loads and our handler never calls: their
// tables of character sets and media types would be a third of a start.
export {};
