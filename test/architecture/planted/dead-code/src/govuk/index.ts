export const aComponentForLater = 1;
