import type { PartialDate } from '../duty/index.ts';
import { addBody, changeTerms } from '../partnership/body.store.ts';
import { exampleBodies } from '../partnership/example-bodies.ts';
import { addDecision, addMeeting } from '../partnership/meeting.store.ts';
import { addOtherName } from '../partnership/organisation.store.ts';
import { addSeat, peopleByName } from '../partnership/seat.store.ts';
import { reading, type Work } from '../platform/database/work.ts';

/** What the boards of the example need to know of what was loaded before them. */
export interface Loaded {
  /** The id of an organisation. @throws where the example has none of that name */
  readonly organisation: (name: string) => string;
  readonly dated: (words: string | undefined) => PartialDate | null;
}

/** Boards and groups with their seats, meetings and decisions. What others report to stands before them. */
export async function loadExampleBoards(work: Work<'partnership'>, { organisation, dated }: Loaded): Promise<void> {
  const people = await peopleByName(reading(work));
  for (const body of exampleBodies) {
    await addBody(work, {
      id: body.id,
      name: body.name,
      kind: body.kind,
      isOwn: body.isLinked !== true,
      purpose: body.purpose ?? null,
      frequency: body.frequency,
      reportsTo: body.reportsTo ?? null,
      host: body.host === undefined ? null : organisation(body.host),
      isPublic: body.isHidden !== true,
      since: dated(body.since),
      until: dated(body.until),
    });
    await changeTerms(work, body.id, { terms: body.terms ?? null, termsReview: dated(body.termsReview) });
    for (const { id, name, use, until } of body.otherNames ?? [])
      await addOtherName(work, { body: body.id }, { id, name, use, until: dated(until) });
    for (const seat of body.seats) {
      const person = seat.person === undefined ? null : people.get(seat.person);
      if (person === undefined) throw new Error(`the example has nobody called ${seat.person}`);
      await addSeat(work, body.id, {
        id: seat.id,
        organisationId: seat.organisation === undefined ? null : organisation(seat.organisation),
        personId: person,
        role: seat.role,
        since: dated(seat.since),
        until: dated(seat.until),
      });
    }
    for (const { id, on, title, papers, decisions } of body.meetings ?? []) {
      const day = dated(on);
      if (day === null) throw new Error(`the meeting ${id} of the example has no date`);
      await addMeeting(work, body.id, { id, on: day, title: title ?? null, papers: papers ?? null });
      for (const decision of decisions) await addDecision(work, id, decision);
    }
  }
}
