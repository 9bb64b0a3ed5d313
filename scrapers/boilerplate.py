"""Patterns of lines that are the site's and not the article's, and of those that say more than they show.

Every pattern is matched against a whole line with its white space made single.
"""

import re

SHARE_WORD = (r"facebook|twitter|x|whatsapp|telegram|viber|messenger|linkedin|pinterest|reddit|tumblr|google ?\+|"
              r"instagram|youtube|e-?mail|print|copy link|share(?: this(?: (?:article|story|post))?)?(?: on \w+)?|"
              r"tweet(?: this)?|print this page|e-?mail to a friend|pin it|save|rss|link")
FURNITURE = re.compile(  # the site's wherever it stands
    r"(?:"
    r"[\d.,]+ ?[km]? views?|views? ?: ?[\d.,]+"                                # 1814 View
    r"|(?:[aا]? ?[-+−–] ?[aا]? ?){1,3}|[-+|•·*_=/\s]{2,40}"                     # + -  and rules
    rf"|(?:{SHARE_WORD})(?:[\s|/·•,:&]+(?:and )?(?:{SHARE_WORD}))*:?"           # Facebook Twitter WhatsApp
    r"|\d+ (?:shares?|comments?|likes?)|comments? ?\(\d+\)|(?:no |leave a )?comments?"
    r"|advertisements?|sponsored|loading\.*"
    r"|(?:read (?:more|next|also)|also read|see also|related|related (?:articles?|stories|news|topics|content))"
    r"(?: ?[:|»›…].{0,160}|\.\.\.)?"
    r"|read (?:more|next|also) .{0,60}[»›…]"
    r"|(?:tags?|topics|keywords|filed under) ?:.{0,200}"
    r"|story continues below.{0,40}|article continues (?:below|after).{0,40}|scroll (?:down )?to continue.{0,40}"
    r"|(?:©|(?:copyright|\(c\)):? (?:©|\(c\)|copyright|\d{4})).{0,120}|all rights reserved.{0,40}"
    r"|click here (?:to|for) .{0,80}|rate this (?:article|story).{0,40}|our standards ?:.{0,120}"
    r"|اقرأ (?:أيضا|أيضاً|ايضا|المزيد).{0,160}"
    r"|[\d٠-٩.,]+ مشاهدة"
    r")", re.IGNORECASE)
APPEAL = re.compile(  # the site's where it stands on a page; in an article it could be a subheading or a short sentence
    r"more (?:from|on|in) [^.]{0,40}(?: ?[:|»›…].{0,160}|\.\.\.)?"
    r"|(?:follow|like|join|find) us on .{0,80}|sign up (?:for|to) .{0,100}|subscribe (?:to|now|for) .{0,80}"
    r"|copyright.{0,120}|شارك(?: على)?.{0,30}", re.IGNORECASE)
LABEL = r"(?:comment|name|e-?mail(?: address)?|website|url)"
FORM = re.compile(  # what WordPress puts under an article, each piece on its own line or all run together
    r"(?:(?:leave a (?:reply|comment)(?: to .{1,60}? cancel reply)?|cancel reply|(?:post|submit) comment"
    r"|your e-?mail address will not be published\.?|required fields are marked ?\*?"
    rf"|(?:{LABEL} ){{0,3}}{LABEL} ?\*|you must be logged in to (?:post a comment|reply)\.?"
    r"|save my name,? e-?mail,? and website in this browser for the next time i comment\.?"
    r"|notify me (?:of (?:follow-?up comments|new posts)|when new comments are added)(?: by| via)? ?(?:e-?mail)?\.?"
    r"|this site uses akismet to reduce spam\.?|learn how your comment data (?:is|are) processed\.?) ?)+",
    re.IGNORECASE)
FORM_HEAD = re.compile(
    r"Leave a (?:Reply|Comment)(?:(?: to .{1,60}?)? ?(?:Cancel reply|Your e-?mail address).{0,200})?")
HEADLINE = re.compile(r".{1,160}(?<![.!?…:;,”\"’'»)؟۔])")
CLOCK = re.compile(r"(?:(?:last )?(?:updated|modified)|published|posted)(?: at| on)?:? \d{1,2}[:.]\d\d"
                   r" ?(?:[ap]\.?m\.?)?(?: \w{2,4})?", re.IGNORECASE)
DAY = (r"(?:\w+[,،]? )?(?:\d{1,2}(?:st|nd|rd|th)?[ -][^\W\d]+\.?,?[ -]\d{4}"
       r"|[^\W\d]+\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
       r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})")
TIME = r"(?:[ ,|T-]*(?:at )?\d{1,2}[:.]\d\d(?::\d\d)? ?(?:[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,4}(?:[+-]\d{1,2})?\)?)?)"
DATE_LINE = re.compile(rf"(?P<modified>(?:last )?(?:updated|modified)(?: at| on)?:? ?)?"
                       rf"(?:(?:published|posted|date)(?: at| on)?:? ?)?(?P<date>{DAY}{TIME}?)", re.IGNORECASE)

PICTURE = r"(?:file |archive )?(?:photo(?:graph)?s?|image|picture|illustration|graphic|screengrab|screenshot)"
CAPTION = re.compile(rf".{{0,300}}\((?:[^()]{{0,40}}\b)?{PICTURE}\b[^()]{{0,120}}\)\.?"       # … (Photo: Rudaw)
                     rf"|{PICTURE}(?: credit| courtesy| by| caption)?(?: of)? ?: ?.{{1,200}}"     # Photo: Jane Doe/AP
                     r"|(?:الصورة|صورة) ?:.{1,200}"
                     r"|.{0,300}\((?:الصورة|صورة)\b[^()]{0,120}\)", re.IGNORECASE)

UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+"
NAME = r"[A-Z][\w.'’-]+"
ARABIC = r"[\u0621-\u0652]{2,}(?: [\u0621-\u0652]{2,}){0,2}"
AGENCY = r" ?\((?P<agency>[^()]{2,40})\)"
DASH = r"(?: ?[—–]+| ?--| -|;)\s*(?=[A-Z“\"‘'\d])"
DATELINES = (  # the first that begins a body names where it was written, and perhaps for whom
    re.compile(rf"(?P<place>{UPPER}(?:[ /]{UPPER}){{0,4}}(?:, ?(?:{NAME}|{UPPER})(?: {NAME}){{0,3}})?"
               rf"(?:, ?{NAME} \d{{1,2}})?)(?:{AGENCY})?{DASH}"),  # KARSA, Velmara (Meridian) -
    re.compile(rf"(?P<place>{NAME}(?: {NAME}){{0,2}}(?:, {NAME}(?: {NAME})?)?){AGENCY}{DASH}"),  # Baghdad (AP) --
    re.compile(rf"(?P<place>{ARABIC})(?: ?[/(] ?(?P<agency>{ARABIC})\)?)? ?[–—-] (?=[\u0600-\u06ff«\d])"
               r"(?![^.]{0,60} [–—-] )"),
)

REPORTING = r"(?:additional |with )?(?:reporting|editing|writing|reported|edited|written|compiled|translated)\b[^()]*"
SIGN_OFF = re.compile(rf"[(\[](?P<credit>{REPORTING})[)\]]\.?", re.IGNORECASE)
AGENCIES = r"[A-Z][\w.&’'-]*(?:[ /,]+(?:and )?[A-Z][\w.&’'-]*){0,6}"
CREDITS = (
    re.compile(rf"[(\[](?P<credit>{AGENCIES}|{ARABIC})[)\]]\.?"),                      # (NRT Digital Media)
    re.compile(rf"(?P<credit>(?:With (?:additional )?(?:reporting (?:by|from)|agencies)|Avec)\b ?(?:{AGENCIES})?)\.?"),
)
BYLINE = re.compile(r"(?:by|By|BY):? (?P<authors>[A-Z][\w.’'-]+"
                    r"(?: (?:[A-Z][\w.’'-]*|al|bin|de|van|von|and|&|,)){0,8})")


def is_furniture(line: str) -> bool:
    """Whether a whole line of a page is the site's: counters, share bars, "Read more", times of the last change."""
    return is_unmistakable(line) or (len(line) < 240 and bool(APPEAL.fullmatch(line)))


def is_unmistakable(line: str) -> bool:
    """Whether a whole line can be nothing but the site's, wherever it stands."""
    return len(line) < 240 and bool(FURNITURE.fullmatch(line) or CLOCK.fullmatch(line) or FORM.fullmatch(line))
