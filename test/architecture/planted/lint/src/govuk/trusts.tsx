const html = { __html: '<b>ours</b>' };

export const proved = <div dangerouslySetInnerHTML={html} />;
