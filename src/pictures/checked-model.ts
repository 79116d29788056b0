import type { PictureModel } from './model.ts';

/** Beyond this a number of ours is a mistake, and the arithmetic of a scale would soon lose its digits. */
const most = 1e15;

/** Where the first number is that cannot be drawn, as names from the inside out; nothing where all can. */
function unreal(held: unknown, name: string): readonly string[] | undefined {
  if (typeof held === 'number') {
    const isOpen = (name === 'low' || name === 'high') && Math.abs(held) === Infinity;
    return isOpen || Math.abs(held) <= most ? undefined : [`${name} is ${held}`];
  }
  if (typeof held !== 'object' || held === null) return undefined;
  for (const part of Object.keys(held)) {
    const found = unreal((held as Readonly<Record<string, unknown>>)[part], part);
    if (found !== undefined) return [...found, name];
  }
  return undefined;
}

/**
 * The model as it is, if all its numbers can be drawn.
 *
 * A number that is not finite is a fault of whoever made the model (an absence has words of its own), so it is thrown: RangeError
 * with the place of the number. Only limits of an interval may be infinite.
 */
export function checkedModel<Model extends PictureModel>(model: Model): Model {
  const found = unreal(model, model.kind);
  if (found !== undefined) throw new RangeError(`cannot be drawn: ${found.toReversed().join('.')}`);
  return model;
}
