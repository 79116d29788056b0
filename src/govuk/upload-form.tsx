import type { JSX } from 'preact';
import type { Content } from './content.ts';

export interface UploadFormProps {
  readonly action: string;
  readonly children?: Content;
  /** Said while a file is on its way; `%{percent}` is how much of it has arrived. */
  readonly sendingText?: string | undefined;
  readonly stopText?: string | undefined;
  readonly stoppedText?: string | undefined;
  readonly brokenText?: string | undefined;
}

/**
 * A form that sends a file. Where scripts run it says how much has arrived, and can be stopped; without them the browser
 * sends it as any form.
 */
export function UploadForm(props: UploadFormProps): JSX.Element {
  return (
    <form
      method="post"
      action={props.action}
      enctype="multipart/form-data"
      novalidate
      data-concord-sending=""
      data-sending={props.sendingText ?? 'Sending: %{percent} %'}
      data-stop={props.stopText ?? 'Stop sending'}
      data-stopped={props.stoppedText ?? 'Stopped. Nothing was saved.'}
      data-broken={props.brokenText ?? 'The file did not arrive. Check your connection, then send it again.'}
    >
      {props.children}
    </form>
  );
}
