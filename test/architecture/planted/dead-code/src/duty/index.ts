export const aWordForLater = 1;
