export default class ClosingLine {}
