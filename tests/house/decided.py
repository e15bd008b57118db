"""Who may use which route, decided by hand: each route there is, under the standings that it is open to."""

from tests.house.standings import STANDINGS

# Of nobody's own; or a form that without its token is shown again and does nothing, whoever it is. Staff who help
# nobody are refused when they press its button in earnest (tests/selfservice/web/desk/test_tabs.py).
EVERYBODY = frozenset(STANDINGS)
WHO_HELP = frozenset({"helping", "helping_somebody_unknown"})
# Signing in, up and out is the customer's own: no agent does it for them.
BUT_FOR_THE_CUSTOMER = EVERYBODY - WHO_HELP
# Residents in their own name, signed in or not.
THEMSELVES = frozenset(
    {"visitor", "resident", "half_resident", "resident_signed_out", "resident_idle", "disabled"}
)
IN_A_FORM = THEMSELVES | WHO_HELP
# A customer's record is open to an agent only once it is known who they are.
CUSTOMER = frozenset({"resident", "helping"})
CUSTOMER_ALONE = frozenset({"resident"})
AT_THE_SECOND_FACTOR = frozenset({"half_resident", "resident"})
STAFF_WHO_HELP_NOBODY = frozenset(
    {"agent", "helping_expired", "supervisor", "operator", "service_owner", "auditor"}
)
STAFF = STAFF_WHO_HELP_NOBODY | WHO_HELP
STAFF_AT_THE_DOOR = STAFF | {"half_agent", "of_no_role"}
AGENTS = frozenset({"agent", "helping_expired"}) | WHO_HELP
WHO_SEE_FIGURES = frozenset({"supervisor", "service_owner", "auditor"})
WHO_LOOK_AFTER_AGENTS = frozenset({"supervisor", "auditor"})
SUPERVISORS = frozenset({"supervisor"})
AUDITORS = frozenset({"auditor"})
# A back office that signs what it sends, and no browser.
NO_PERSON = frozenset[str]()

ROUTES: dict[frozenset[str], tuple[str, ...]] = {
    EVERYBODY: (
        "GET /",
        "POST /",
        "GET /<council>/",
        "GET /<council>/<service>/",
        "POST /<council>/<service>/",
        "POST /<council>/<service>/<draft>/sent/account",
        "POST /<council>/<service>/<draft>/sent/email",
        "GET /<council>/map-points.json",
        "GET /<council>/map.json",
        "GET /<council>/progress/<token>",
        "GET /<council>/progress/<token>/files/<file_id>",
        "GET /<council>/progress/<token>/messages",
        "POST /<council>/progress/<token>/messages",
        "GET /<council>/progress/<token>/thumbnails/<file_id>.jpg",
        "GET /<council>/theme.css",
        "GET /health/live",
        "GET /health/ready",
        "GET /metrics",
        "GET /photos/<token>",
        "GET /progress",
        "POST /progress",
        "GET /return/<token>",
        "POST /return/<token>",
        "POST /return/<token>/code",
        "POST /return/<token>/new-link",
        "GET /staff/link/<token>",
        "POST /staff/link/<token>",
        "GET /staff/openid/back",
        "POST /staff/openid/begin",
        "GET /staff/reset",
        "POST /staff/reset",
        "GET /staff/sign-in",
        "POST /staff/sign-in",
        "POST /staff/sign-out",
        "GET /stay",
        "GET /styleguide",
        "GET /styleguide/<page>",
    ),
    BUT_FOR_THE_CUSTOMER: (
        "GET /account/deleted",
        "GET /account/link/<token>",
        "POST /account/link/<token>",
        "GET /account/openid/<provider>/back",
        "POST /account/openid/<provider>/begin",
        "GET /account/reset",
        "POST /account/reset",
        "GET /account/sign-in",
        "POST /account/sign-in",
        "GET /account/sign-in/passkey",
        "POST /account/sign-in/passkey",
        "POST /account/sign-in/passkey/options",
        "GET /account/sign-out",
        "POST /account/sign-out",
        "GET /account/sign-up",
        "POST /account/sign-up",
        "GET /account/signed-out",
        "GET /account/unclaim/<token>",
        "POST /account/unclaim/<token>",
    ),
    THEMSELVES: (
        "GET /<council>/<service>/<draft>/help-from-us",
        "POST /<council>/<service>/<draft>/help-from-us",
        "GET /<council>/<service>/<draft>/help-from-us/state",
        "GET /handover/<token>",
        "POST /handover/<token>",
    ),
    IN_A_FORM: (
        "GET /<council>/<service>/<draft>/<page>",
        "POST /<council>/<service>/<draft>/<page>",
        "GET /<council>/<service>/<draft>/asked-for",
        "GET /<council>/<service>/<draft>/files/<file_id>",
        "GET /<council>/<service>/<draft>/kept",
        "GET /<council>/<service>/<draft>/save",
        "POST /<council>/<service>/<draft>/save",
        "GET /<council>/<service>/<draft>/saved",
        "GET /<council>/<service>/<draft>/sent/copy",
        "GET /<council>/<service>/<draft>/sent/copy.pdf",
        "GET /<council>/<service>/<draft>/thumbnails/<file_id>.jpg",
    ),
    WHO_HELP: (
        "GET /<council>/<service>/<draft>/send-on",
        "POST /<council>/<service>/<draft>/send-on",
        "GET /<council>/<service>/<draft>/sent-on",
    ),
    CUSTOMER: (
        "GET /account/",
        "POST /account/homes",
        "GET /account/profile",
        "GET /account/profile/<page>",
        "POST /account/profile/<page>",
        "GET /account/requests/<reference>",
        "GET /account/requests/<reference>/files/<file_id>",
        "GET /account/requests/<reference>/messages",
        "POST /account/requests/<reference>/messages",
        "GET /account/requests/<reference>/thumbnails/<file_id>.jpg",
    ),
    CUSTOMER_ALONE: (
        "GET /account/check-your-messages",
        "POST /account/check-your-messages",
        "POST /account/check-your-messages/again",
        "GET /account/claim",
        "POST /account/claim",
        "GET /account/claim/code",
        "POST /account/claim/code",
        "GET /account/delete",
        "POST /account/delete",
        "GET /account/export",
        "GET /account/export.json",
        "GET /account/password",
        "POST /account/password",
        "GET /account/password-changed",
        "GET /account/prove",
        "POST /account/prove",
        "GET /account/security",
        "GET /account/security/app",
        "POST /account/security/app",
        "POST /account/security/app/begin",
        "GET /account/security/codes",
        "POST /account/security/codes",
        "GET /account/security/passkey",
        "POST /account/security/passkey",
        "POST /account/security/passkey/options",
        "GET /account/security/remove",
        "POST /account/security/remove",
        "GET /account/security/rename",
        "POST /account/security/rename",
        "GET /account/sessions",
        "POST /account/sessions",
        "GET /account/sign-in-details",
        "POST /account/sign-in-details",
        "GET /account/sign-in-details/address",
        "POST /account/sign-in-details/address",
        "GET /account/who-looked",
    ),
    AT_THE_SECOND_FACTOR: (
        "GET /account/second-factor",
        "POST /account/second-factor",
        "POST /account/second-factor/options",
    ),
    STAFF_AT_THE_DOOR: (
        "GET /staff/sign-out",
        "GET /staff/second-factor",
        "POST /staff/second-factor",
        "POST /staff/second-factor/options",
        "GET /staff/set-up",
        "GET /staff/set-up/app",
        "POST /staff/set-up/app",
        "POST /staff/set-up/app/begin",
        "GET /staff/set-up/passkey",
        "POST /staff/set-up/passkey",
        "POST /staff/set-up/passkey/options",
    ),
    STAFF: (
        "GET /staff/",
        "GET /staff/prove",
        "POST /staff/prove",
        "POST /staff/prove/options",
        "GET /staff/security",
        "POST /staff/security/app",
        "POST /staff/security/app/begin",
        "POST /staff/security/codes",
        "POST /staff/security/passkey",
        "POST /staff/security/passkey/options",
        "POST /staff/security/remove",
        "POST /staff/security/rename",
    ),
    STAFF_WHO_HELP_NOBODY: (
        "GET /staff/security/app",
        "GET /staff/security/codes",
        "GET /staff/security/passkey",
        "GET /staff/security/remove",
        "GET /staff/security/rename",
    ),
    AGENTS: (
        "GET /desk/",
        "GET /desk/create",
        "POST /desk/create",
        "GET /desk/customers/<customer>",
        "POST /desk/customers/<customer>",
        "POST /desk/customers/<customer>/ask",
        "POST /desk/customers/<customer>/recognise",
        "GET /desk/find",
        "POST /desk/find",
        "POST /desk/hand-over",
        "GET /desk/handover",
        "POST /desk/handover",
        "POST /desk/nameless",
        "POST /desk/pause",
        "POST /desk/resume",
        "GET /desk/start",
        "POST /desk/start",
        "POST /desk/stop",
        "POST /desk/take",
        "GET /desk/verify",
        "GET /desk/wrap-up",
        "POST /desk/wrap-up",
    ),
    WHO_SEE_FIGURES: (
        "GET /supervise/",
        "GET /supervise/figures",
        "GET /supervise/figures/<table>.csv",
    ),
    WHO_LOOK_AFTER_AGENTS: ("GET /supervise/patterns",),
    SUPERVISORS: (
        "GET /supervise/approvals/<approval>",
        "POST /supervise/approvals/<approval>",
    ),
    AUDITORS: (
        "GET /supervise/record",
        "GET /supervise/record.csv",
        "POST /supervise/record/check",
    ),
    NO_PERSON: ("POST /callbacks/<council>/<connector>",),
}
DECIDED: dict[str, frozenset[str]] = {route: who for who, routes in ROUTES.items() for route in routes}
