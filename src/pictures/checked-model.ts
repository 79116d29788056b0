import type { PictureModel } from './model.ts';

/** Beyond this a number of ours is a mistake, and the arithmetic of a scale would soon lose its digits. */
const most = 1e15;

function refuseUnreal(held: unknown, path: string): void {
  if (typeof held === 'number') {
    const isOpen = /\.(low|high)$/.test(path) && Math.abs(held) === Infinity;
    if (!isOpen && !(Math.abs(held) <= most)) throw new RangeError(`${path} is ${held}, which cannot be drawn`);
  } else if (Array.isArray(held)) held.forEach((part, index) => refuseUnreal(part, `${path}.${index}`));
  else if (typeof held === 'object' && held !== null)
    for (const [name, part] of Object.entries(held)) refuseUnreal(part, `${path}.${name}`);
}

/**
 * The model as it is, if all its numbers can be drawn.
 *
 * A number that is not finite is a fault of whoever made the model (an absence has words of its own), so it is thrown: RangeError
 * with the place of the number. Only limits of an interval may be infinite.
 */
export function checkedModel<Model extends PictureModel>(model: Model): Model {
  refuseUnreal(model, model.kind);
  return model;
}
