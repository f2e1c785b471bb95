// Stands for body-parser in the bundled command, which reads bodies by itself: its tables of character sets would
// be a quarter of a start.
export {};
