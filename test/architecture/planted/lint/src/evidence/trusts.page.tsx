const html = { __html: '<b>typed by somebody</b>' };

export const page = <div dangerouslySetInnerHTML={html} />; // expect: no-restricted-syntax
export const spread = <div {...{ dangerouslySetInnerHTML: html }} />; // expect: no-restricted-syntax
