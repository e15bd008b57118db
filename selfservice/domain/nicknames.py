"""Names that stand for one another: short forms, pet names and usual spellings, as name keys."""

from collections import defaultdict

# One name a line, in all the forms that people give on the telephone; a form may stand in several lines. Not passed
# on from line to line: Alex is Alexander and Alexandra, but Alexander is not Alexandra.
_FORMS = """
abigail abbie abby abi gail
agnieszka aga
alan allan allen al
albert al bert bertie
aleksander alexander olek
aleksandra ola
alexander alex al alec alek alexandre alasdair alistair alastair sandy sasha xander
alexandra alex ali alexa lexi lexie sandra sasha
alfred alf alfie fred
alice alys ally
alison allison ali ally
amanda mandy
amelia millie amy
andrea andie andi
andrew andy drew andrej andrius andrzej
angela angie ange
anna ann anne annie ania hannah ana
anneliese annie lisa
anthony antony tony anton ant
antonia toni tonia
archibald archie
barbara barb barbie babs basia
barnaby barney barnabas
bartholomew bart
bartosz bartek
beatrice bea bee trixie beatrix
benjamin ben benny benji
bernard bernie
bethany beth bethan
brian bryan
bridget biddy bridie brigid
caitlin cait katelyn caitlyn
cameron cam
caroline carolyn carol carrie caz lyn
catherine cath cathy catharine cathryn kate katherine kathryn katharine kath kathy katie katy kitty kay kit cat
charles charlie chas chuck charley
charlotte charlie lottie lotte
christina christine chris chrissie chrissy tina kristina krystyna kirsty
christopher chris kit topher kristopher
clare claire clair
clifford cliff
constance connie
daniel dan danny
danielle dani danni
david dave davey davy dai dafydd
deborah debra deb debbie debby
denise den
dennis denis den denny
derek derrick del
diana diane dianne di
dominic dom dominick
dominik domi
donald don donnie
dorothy dot dottie dolly dora
douglas doug dougie
edith edie
edmund ed eddie ned ted
edward ed eddie eddy ted teddy ned
eileen ailsa aileen
eleanor elinor ellie nell nora nellie ella lenore
elizabeth elisabeth eliza liz lizzie lizzy beth betty bess bessie betsy libby lisa elsie lilibet elspeth ela elzbieta
ellen nell nellie ellie helen
emily em emmy millie
emma em emmie
eric erik
ernest ernie
evelyn eve evie eva
ewa eva
felicity fliss flick
florence flo flora florrie flossie
frances fran francesca frankie fanny
francesca fran chesca frankie
francis frank frankie fran
franciszek franek
frederick fred freddie freddy frederic rick
gabriel gabe
gabrielle gaby gabby gabriella
gareth gaz gary garth
gary garry gaz gareth
gemma gem jemma
geoffrey geoff jeff jeffrey jeffery
george georgie
georgina georgie georgia gina
gerald gerry jerry
geraldine gerry
gerard gerry
gillian gill jill jillian gilly
grace gracie
graham graeme grahame
gregory greg gregor
grzegorz grzesiek greg
gwendoline gwen gwendolen gwenda
hannah hanna anna
harold harry hal
harriet harriett hattie harrie
helen helena nell ellen
henry harry hal henri hank
hugh hughie huw hugo
ian iain
isaac zac ike
isabel isabelle isobel isabella izzy bella belle issy
ivor ifor
iwona yvonne
jacob jake kuba jakub
jacqueline jackie jacqui jacky jacquelyn
james jim jimmy jamie jem
jan john janek johan
jane janey jayne jan janie
janet jan jannette janette
janice jan janis
jean jeanne jeanie
jeanette jean jeannette
jennifer jen jenny jennie jenna
jeremy jerry jem
jerzy jurek george
jessica jess jessie
joanna joanne jo joan asia
john jon jack johnny johnnie ian sean
jonathan jon jonny johnathan jonathon johnathon nathan john
joseph joe joey jo jozef
josephine jo josie josey
joshua josh
judith judy jude judi
julia julie jules
karen caron karin
katarzyna kasia
kathleen kath kathy kate katie cathleen kay
kenneth ken kenny
kimberley kim kimberly
kirsten kirsty kirstie kirstin
krzysztof krzys chris christopher
laura laurie lauren
lawrence larry laurence laurie lol loz
leanne lee anne leigh
lee leigh
leonard len lenny leo leon
leslie les lesley
lewis louis lew lou
lilian lily lillian lil
linda lynda lin lyn lynn lynne
louise lou lulu luisa
lucy lucie luce lucinda
lukasz luke
luke luc lucas
magdalena magda lena
malcolm malc mal
malgorzata gosia margaret
marcus mark marc marcin
margaret maggie meg megan peggy marge margie margo madge mags greta daisy rita margarita
margery marjorie marje marge
maria mary marie marysia
marian marion
marilyn marylin lyn
mark marc
martha marty
martin marty martyn
mary marie maria maire molly polly mae may mamie moira maura
mateusz matthew mati
matilda tilly tilda mattie
matthew matt mat mathew
maureen mo maura
maurice morris maury
maximilian max
maxine max
melanie mel
michael mike mick micky mickey mikey micheal michal
michelle shell michele shelley chelle
mildred millie
mohammed mohammad muhammad mohamed muhammed mohamad mohamud mo
natalie nat natalia natasha
natasha tasha nat
nathaniel nathan nat nate
neil neal niall nial neill
nicholas nick nicky nicolas nik nico
nicola nicky nikki nicole nic nik
norman norm
oliver ollie oli olly
olivia liv livvy olive
pamela pam
patricia pat patsy patty tricia trish trisha
patrick pat paddy rick patryk
paul pauly pawel
pauline paula
penelope pen penny
peter pete piotr
philip phil phillip phillipe pip filip
philippa pip pippa phillippa
rachel rachael rach rae
raymond ray
rebecca becky becca bex rebekah
reginald reg reggie
rhys reece rees reese
richard rich rick ricky dick richie dickie ryszard
robert rob bob bobby robbie bert robin
roberta bobbie
roderick rod rory
rodney rod
roger rodge rog
roland roly rowland
ronald ron ronnie
rosalind ros roz rosie
rose rosie
rosemary rose rosie romy
russell russ
sally sal
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sara sally sal
sean shaun shawn
sebastian seb bas
sharon shaz shazza sharron
sidney sid sydney
silvia sylvia syl sylvie
simon si simeon
sophie sophia sofia zofia
stanislaw staszek stan
stanley stan
stephanie steph stef stefanie
stephen steven steve ste stefan stevie
stuart stewart stu
susan sue susie suzie suzy zuzanna susanna susannah suzanne
suzanne sue suzie suzy susanne
terence terry terrance tel terrence
teresa theresa terry tess tessa tracy
theodore theo ted teddy
thomas tom tommy thom tomasz
timothy tim timmy
tomasz tomek tom
tracey trace tracy
valerie val
vanessa nessa
victor vic
victoria vicky vicki vikki tori vic vickie
vincent vince vinny
violet vi
virginia ginny
walter wally walt wal
wilfred wilf fred
william bill billy will willy willie wills liam gwilym wilhelm
winifred win winnie freda
wojciech wojtek
zachary zac zack zach zak zachariah
zoe zoey
"""


def _by_form() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _FORMS.split("\n"):
        forms = line.split()
        for form in forms:
            found[form].update(forms)
    return {form: frozenset(others) for form, others in found.items()}


_BY_FORM = _by_form()


def forms_of(word: str) -> frozenset[str]:
    """The names that a name (as a name key) may stand for, itself among them: "bill" is William and Billy too."""
    return _BY_FORM.get(word, frozenset()) | {word}
