export const anEpoch = new Date(0).getUTCFullYear();
