import { fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../src/platform/log.ts';
import { queueMail, type Letter } from '../../src/platform/mail/outbox.store.ts';
import { startPostman } from '../../src/platform/mail/postman.ts';
import { testTown, type TestTown } from '../records/installation.ts';
import { openSink, type Manners, type Sink } from './sink.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

const from = 'Concord <no-reply@concord.example>';
const open: (() => Promise<unknown>)[] = [];
beforeEach(() => town.asAdmin('delete from platform.mail'));
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function sinkWith(manners: Manners = {}): Promise<Sink> {
  const sink = await openSink(manners);
  open.push(sink.close);
  return sink;
}
function postmanTo({ url }: Pick<Sink, 'url'>) {
  const postman = startPostman({
    records: town.records,
    smtpUrl: url,
    from,
    log: openLog('quiet', () => undefined),
    everyMilliseconds: 20,
  });
  open.push(postman.stop);
  return postman;
}

const bound = () =>
  ({ door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness')! }) as const;
const queue = (...letters: Letter[]) =>
  town.records.write(bound(), async ({ work }) => {
    for (const letter of letters) await queueMail(work<'platform'>(), bound().partnership, letter);
  });
const letterTo = (recipient: string, subject = 'A meeting'): Letter => ({
  recipient,
  subject,
  body: 'The meeting is on Tuesday.',
});

interface Row {
  readonly id: string;
  readonly recipient: string;
  readonly sent: boolean;
  readonly given_up: boolean;
  readonly attempts: number;
  readonly last_failure: string | null;
  readonly body: string;
}
const rows = () =>
  town.asAdmin<Row>(
    'select id, recipient, sent_at is not null as sent, given_up_at is not null as given_up, attempts, last_failure, body from platform.mail order by recipient',
  );
async function until(is: (all: readonly Row[]) => boolean): Promise<readonly Row[]> {
  for (;;) {
    const all = await rows();
    if (is(all)) return all;
    await pause(30);
  }
}
const allSent = (all: readonly Row[]) => all.every(({ sent }) => sent);
/** What waits for its next try is due now. */
const hurry = () => town.asAdmin('update platform.mail set next_try_at = now() where sent_at is null');

describe('the post', { timeout: 60_000 }, () => {
  it('delivers 200 letters once each, with two postmen at work', async () => {
    await queue(...Array.from({ length: 200 }, (_, k) => letterTo(`reader${k}@example.test`, `Number ${k}`)));
    const sink = await sinkWith();
    postmanTo(sink);
    postmanTo(sink);
    const sent = await until(allSent);
    expect(sink.taken).toHaveLength(200);
    const delivered = sink.taken.map(
      ({ letter, recipients }) => `${letter.messageId} ${recipients.join()} ${letter.subject}`,
    );
    expect(delivered.sort()).toEqual(
      sent.map(({ id, recipient }) => `<${id}@concord> ${recipient} Number ${recipient.replace(/\D/g, '')}`).sort(),
    );
    expect(sent.every(({ body, attempts }) => body === '' && attempts === 1)).toBe(true);
  });

  it('tries again when the server is busy, under the same number', async () => {
    const seen: string[] = [];
    const sink = await sinkWith({
      onLetter: ({ letter }) => {
        seen.push(letter.messageId ?? '');
        return seen.length % 3 === 0 ? 'take' : { code: 451, sentence: 'Busy, try again' };
      },
    });
    await queue(letterTo('reader@example.test'));
    postmanTo(sink);
    const [waiting] = await until(([row]) => row?.attempts === 1);
    expect(waiting).toMatchObject({ sent: false, given_up: false });
    expect(waiting!.last_failure).toContain('Busy');
    await hurry();
    await until(([row]) => row?.attempts === 2);
    await hurry();
    const [sent] = await until(allSent);
    expect(sent).toMatchObject({ attempts: 3, last_failure: null });
    expect(seen).toEqual(Array.from({ length: 3 }, () => `<${sent!.id}@concord>`));
  });

  it.each<[string, Manners]>([
    ['the recipient', { onRecipient: () => ({ code: 550, sentence: 'No such reader' }) }],
    ['the letter', { onLetter: () => ({ code: 554, sentence: 'No such reader' }) }],
  ])('gives up at once, and says why, when the server refuses %s', async (_, manners) => {
    const sink = await sinkWith(manners);
    await queue(letterTo('nobody@example.test'));
    postmanTo(sink);
    const [row] = await until(([each]) => each?.attempts === 1);
    expect(row).toMatchObject({ sent: false, given_up: true });
    expect(row!.last_failure).toContain('No such reader');
    await hurry();
    await queue(letterTo('nobody-else@example.test'));
    await until((all) => all.every(({ attempts }) => attempts === 1));
    expect((await rows()).map(({ attempts }) => attempts)).toEqual([1, 1]);
  });

  it('gives up nothing because its own account is refused: that is for the administrator to mend', async () => {
    await queue(letterTo('reader@example.test'));
    const refusing = await sinkWith({ refusesAccount: true });
    const postman = postmanTo(refusing);
    const [waiting] = await until(([row]) => row?.attempts === 1);
    expect(waiting).toMatchObject({ sent: false, given_up: false });
    expect(waiting!.last_failure).not.toContain('wrong');
    await postman.stop();
    const mended = await sinkWith();
    await hurry();
    postmanTo(mended);
    await until(allSent);
    expect(mended.taken).toHaveLength(1);
  });

  it('delivers later when the connection breaks in the middle, and when nobody is there', async () => {
    let broken = 0;
    const sink = await sinkWith({ onLetter: () => ((broken += 1) === 1 ? 'drop the connection' : 'take') });
    await queue(letterTo('reader@example.test'));
    const nowhere = postmanTo({ url: 'smtp://127.0.0.1:1' });
    await until(([row]) => row?.attempts === 1);
    await nowhere.stop();
    await hurry();
    postmanTo(sink);
    const [row] = await until(([each]) => each?.attempts === 2);
    expect(row).toMatchObject({ sent: false, given_up: false });
    await hurry();
    await until(allSent);
    expect(sink.taken).toHaveLength(1);
  });

  it('loses nothing, and doubles nothing that was marked, when a postman is killed and another comes', async () => {
    let held = 0;
    const sink = await sinkWith({ onLetter: () => ((held += 1) === 4 ? 'hold' : 'take') });
    await queue(...Array.from({ length: 10 }, (_, k) => letterTo(`reader${k}@example.test`)));
    const program = new URL('./postman-program.ts', import.meta.url);
    const child = fork(program, [JSON.stringify(town.login), sink.url], { stdio: 'inherit' });
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    while (held < 4) await pause(10);
    child.kill('SIGKILL');
    await gone;
    expect((await rows()).filter(({ sent }) => sent)).toHaveLength(3);
    postmanTo(sink);
    await until(allSent);
    const recipients = sink.taken.flatMap((each) => each.recipients);
    expect(recipients.sort()).toEqual(Array.from({ length: 10 }, (_, k) => `reader${k}@example.test`));
  });

  it('sends nothing of a unit of work that failed', async () => {
    const sink = await sinkWith();
    const failing = town.records.write(bound(), async ({ work }) => {
      await queueMail(work<'platform'>(), bound().partnership, letterTo('never@example.test'));
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await queue(letterTo('reader@example.test'));
    postmanTo(sink);
    await until((all) => all.length === 1 && allSent(all));
    expect(sink.taken.flatMap((each) => each.recipients)).toEqual(['reader@example.test']);
  });
});

describe('a letter', { timeout: 60_000 }, () => {
  it('gets no header through its subject', async () => {
    const sink = await sinkWith();
    const subjects = [
      'Hello\r\nBcc: evil@example.test',
      'Hello\nBcc: evil@example.test',
      'Hello\rBcc: evil@example.test',
      'Hello\r\n\r\nA body of somebody else',
      '\u2028Bcc: evil@example.test',
      'Hello\v\fBcc: evil@example.test',
      `É${'é'.repeat(300)}\r\nBcc: evil@example.test`,
      '=?utf-8?q?=0D=0ABcc:_evil@example.test?=',
    ];
    await queue(...subjects.map((subject, k) => letterTo(`reader${k}@example.test`, subject)));
    postmanTo(sink);
    await until(allSent);
    expect(sink.taken).toHaveLength(subjects.length);
    for (const { letter, source, recipients } of sink.taken) {
      expect(recipients).toHaveLength(1);
      expect(recipients[0]).toMatch(/^reader\d@example\.test$/);
      expect(letter.bcc).toBeUndefined();
      expect(source.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
      expect(letter.text?.trim()).toBe('The meeting is on Tuesday.');
    }
  });

  it.each([
    'reader@example.test\r\nBcc: evil@example.test',
    'reader@example.test, evil@example.test',
    'reader@example.test;evil@example.test',
    'reader@example.test\r\nRCPT TO:<evil@example.test>',
    'Reader <reader@example.test>, evil@example.test',
    'everybody: reader@example.test, evil@example.test;',
    '<evil@example.test>',
    'evil@example.test (reader@example.test)',
  ])('goes to no second reader through its recipient: %j', async (recipient) => {
    const sink = await sinkWith();
    await queue(letterTo('reader@example.test')).then(() =>
      queue(letterTo(recipient)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(RangeError);
      }),
    );
    postmanTo(sink);
    await until((all) => all.every(({ sent, attempts }) => sent || attempts > 0));
    for (const { recipients, source } of sink.taken) {
      expect(recipients).toEqual(['reader@example.test']);
      expect(source).not.toContain('evil');
    }
  });

  it('keeps its body as it was written, dots and all', async () => {
    const body = '.\r\n..\r\n.hidden\r\n\r\nFrom here\r\nÉ 👩‍🚒 =3D\r\n.\r\nQUIT';
    const sink = await sinkWith();
    await queue({ ...letterTo('reader@example.test'), body });
    postmanTo(sink);
    await until(allSent);
    expect(sink.taken[0]!.letter.text?.trimEnd().replaceAll('\r\n', '\n')).toBe(body.replaceAll('\r\n', '\n'));
  });
});
