/** Attributes that a page may add to a component. Neither `style` nor `on…`: the content security policy refuses both. */
export interface Attributes {
  readonly [data: `data-${string}`]: string | number | undefined;
  readonly [aria: `aria-${string}`]: string | number | undefined;
  readonly id?: string;
  readonly title?: string;
  readonly lang?: string;
  readonly dir?: 'ltr' | 'rtl' | 'auto';
  readonly hidden?: boolean;
  readonly tabindex?: number;
  readonly rel?: string;
  readonly target?: string;
  readonly download?: string;
  readonly form?: string;
  readonly accept?: string;
  readonly maxlength?: number;
  readonly min?: string | number;
  readonly max?: string | number;
  readonly step?: string | number;
  readonly list?: string;
  readonly name?: string;
  readonly value?: string;
}
