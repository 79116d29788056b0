import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, type Content } from './content.ts';

export interface LanguageNavigationItem {
  /** The name of the language in that language. */
  readonly text: Content;
  readonly lang?: string | undefined;
  readonly hrefLang?: string | undefined;
  readonly dir?: 'ltr' | 'rtl' | 'auto' | undefined;
  /** Without an address it is the language of this page. */
  readonly href?: string | undefined;
  readonly current?: boolean | undefined;
  /** Said only to those who listen: "Change the language to Welsh". */
  readonly languageDescriptionText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface LanguageNavigationProps {
  readonly items: readonly LanguageNavigationItem[];
  readonly ariaLabel?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function Language({ item }: { readonly item: LanguageNavigationItem }): JSX.Element {
  if (item.current || item.href === undefined) {
    return (
      <span
        class={classNames('govuk-language-navigation__text', item.classes)}
        aria-current="true"
        lang={item.lang}
        dir={item.dir}
        {...item.attributes}
      >
        {item.text}
      </span>
    );
  }
  return (
    <a
      class={classNames('govuk-language-navigation__link', item.classes)}
      href={item.href}
      rel="alternate"
      lang={item.lang}
      hreflang={item.hrefLang ?? item.lang}
      dir={item.dir}
      {...item.attributes}
    >
      {item.text}
      {isPresent(item.languageDescriptionText) && (
        <span class="govuk-visually-hidden"> {item.languageDescriptionText}</span>
      )}
    </a>
  );
}

export function LanguageNavigation(props: LanguageNavigationProps): JSX.Element {
  return (
    <nav
      class={classNames('govuk-language-navigation', props.classes)}
      {...props.attributes}
      aria-label={props.ariaLabel ?? 'Language'}
    >
      <ul class="govuk-language-navigation__list">
        {props.items.map((item) => (
          <li class="govuk-language-navigation__list-item">
            <Language item={item} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
