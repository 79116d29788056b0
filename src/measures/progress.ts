/** Told after each piece of a long run; answers false to stop it. Lets a pool of workers drive a measure that knows no I/O. */
export type OnProgress = (done: number, total: number) => boolean;
