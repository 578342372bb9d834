/**
 * The styles that Temml's MathML needs in Chromium, whose MathML Core has no enclosures, no column alignment and no
 * line breaks. Class names are Temml's. Everything is drawn inside the box of the formula (see `.markdown-math`).
 */
export const mathStyles = `
math *{border-color:currentColor}
mtable{border-spacing:0}
math:not([display]){display:inline-flex;flex-wrap:wrap;align-items:baseline;max-width:100%}
math:not([display])>mrow{padding:.4ex 0}
mtable.tml-jot>mtr>mtd{padding-block:.7ex}
mtable.tml-small mtd{padding-block:.35ex}
.tml-left{text-align:-webkit-left}
.tml-right{text-align:-webkit-right}
.tml-tageqn>mtd:last-child{text-align:-webkit-right}
.tml-sml-pad{padding-left:.05em}
.tml-med-pad{padding-left:.1em}
.tml-lrg-pad{padding-left:.15em}
.tml-overline{padding-top:.1em;border-top:.065em solid}
.tml-underline{padding-bottom:.1em;border-bottom:.065em solid}
.tml-fbox{padding:3pt;border:1px solid}
.longdiv-top{padding:.1em .2em .2em .4em;border-top:.065em solid;border-left:.065em solid}
.phasor-bottom{padding:.2em .2em .1em .6em;border-bottom:.065em solid}
.circle-pad{padding:.27em}
.actuarial{padding:.04em .04em 0 0;border:solid;border-width:.08em .08em 0 0}
menclose,.menclose{display:inline-block;position:relative;padding:.5ex 0}
.tml-cancel,.tml-cancelto,.phasor-angle,.textcircle{display:inline-block;position:absolute;inset:0}
.tml-cancel,.tml-cancelto{background:currentColor}
.upstrike,.tml-cancelto{clip-path:polygon(.05em 100%,0 calc(100% - .05em),calc(100% - .05em) 0,100% .05em)}
.downstrike{clip-path:polygon(0 .05em,.05em 0,100% calc(100% - .05em),calc(100% - .05em) 100%)}
.sout{clip-path:inset(calc(52% - .033em) 0 calc(48% - .033em))}
.tml-xcancel{clip-path:polygon(.05em 0,0 .05em,calc(50% - .05em) 50%,0 calc(100% - .05em),.05em 100%,50% calc(50% + .05em),calc(100% - .05em) 100%,100% calc(100% - .05em),calc(50% + .05em) 50%,100% .05em,calc(100% - .05em) 0,50% calc(50% - .05em))}
.phasor-angle{right:auto;aspect-ratio:.5;background:currentColor;clip-path:polygon(.05em 100%,0 calc(100% - .05em),calc(100% - .05em) 0,100% .05em)}
.textcircle{border:.065em solid;border-radius:50%}
.chr-sml{transform:translate(.07em,0)}
.chr-med{transform:translate(.14em,0)}
.chr-lrg{transform:translate(.21em,0)}
.chr-sml-vec{transform:scale(.75) translate(.07em,0)}
.chr-med-vec{transform:scale(.75) translate(.14em,0)}
.chr-lrg-vec{transform:scale(.75) translate(.21em,0)}
.tml-hat-1{transform:scale(1.9,1)}
.tml-hat-2{transform:scale(3.9,1)}
.tml-hat-3{transform:scale(5.8,1)}
.tml-hat-4{transform:scale(7.8,1)}
.tml-tilde-2{transform:scale(2,1.1)}
.tml-tilde-3{transform:scale(3,1.1)}
.tml-tilde-4{transform:scale(4,1.1)}
`;

/** The classes above. Elements of a formula may have no others. */
export const mathClasses: ReadonlySet<string> = new Set(
  Array.from(mathStyles.matchAll(/\.([a-z][\w-]*)/g), ([, name = '']) => name),
);
