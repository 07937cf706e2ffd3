/** Something the person at the terminal can set right: shown as its sentence, without a stack. */
export class OperatorError extends Error {}
