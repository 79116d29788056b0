import { nobody, type Entered } from './door.ts';

const mostExpected = 5_000;

/**
 * Whom the door will probably let in: the same as last time. A reader is answered on that expectation while the door is still
 * being asked, in the same transaction and the same packet, and nothing of it leaves the unit of work before the door has
 * said exactly that. Otherwise it is dropped and made anew for whoever did come in. So nobody's rights outlast them by one
 * page, and what the door binds (the person, the partnership, the role in PostgreSQL) never comes from here.
 */
export class Expectations {
  readonly #answers = new Map<string, Entered>();

  /** @param question what the door is asked; undefined when it need not be, and then the answer is certain */
  of(question: string | undefined): Entered | undefined {
    return question === undefined ? nobody : this.#answers.get(question);
  }

  learn(question: string, entered: Entered): void {
    this.#answers.delete(question);
    // Strangers and their guesses must not crowd out visitors.
    if (entered.person === undefined && entered.partnership === undefined) return;
    if (this.#answers.size >= mostExpected) this.#answers.delete(this.#answers.keys().next().value ?? '');
    this.#answers.set(question, entered);
  }
}
