"""What a back office is told of files that the virus scanner has not looked at yet."""

from selfservice.domain.case import CaseRequest, CustomerUpdate


def held_back(request: CaseRequest | CustomerUpdate) -> str:
    """The sentence for staff; only where there is such a file."""
    number = request.files_held_back
    files, their = (
        ("1 file is", "Its link works") if number == 1 else (f"{number} files are", "Their links work")
    )
    return f"{files} being checked for viruses. {their} as soon as that is done."
