// expect: mailer-only-in-mail
import { createTransport } from 'nodemailer';
export const jobs = [createTransport];
