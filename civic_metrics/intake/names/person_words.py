"""Words by which the name of a person is told from that of an organisation.

The given names are the hundred commonest for girls and for boys in England and Wales in 1904,
1914 and so on to 1994 (Office for National Statistics, "Top 100 baby names in England and Wales:
historical data"; contains public sector information licensed under the Open Government Licence
v3.0), but for those that are as often an ordinary word or a place, which stand apart. The other
lists are typed by hand without a table behind them. Every such list favours some people's names
over others', so nothing rests on it alone: a title, an initial or "surname, given name" is
enough, and a person is asked in any case. Imports nothing of ours.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN = _words(
    """
    aaron abbie abdul abigail ada adam adrian agnes aimee alan albert alec alex alexander
    alexandra alfred alice alison allan alma amanda amelia amy andrea andrew angela anita ann anna
    anne annette annie anthony antony archibald arnold arthur ashleigh ashley audrey barbara
    barrie barry basil beatrice ben benjamin bernard bertha bertie bertram beryl bessie beth
    bethan bethany betty beverley billy blanche bradley brandon brenda brett brian bridget bruce
    bryan caitlin callum cameron carl carla carly carol carole caroline carolyn catherine cecil
    chantelle charlene charles charlie charlotte cheryl chloe christian christina christine
    christopher clair claire clara clare claude clifford clive colin connor conor constance
    courtney craig cynthia cyril damian damien daniel danielle danny daphne darren david dawn dean
    debbie deborah debra declan demi denis denise dennis derek derrick desmond diana diane dominic
    donald donna dora doreen doris dorothy douglas duncan dylan edgar edith edmund edna edward
    edwin eileen elaine eleanor eliza elizabeth ella ellen ellie elliot elliott elsie emily emma
    enid eric ernest esther ethel eva evan evelyn fanny fiona frances francesca francis frank fred
    freda frederick gabrielle gail gareth garry gary gavin gemma geoffrey george georgina gerald
    geraldine gerard gertrude gilbert gillian gladys glen glenn glenys glynis gordon graeme graham
    gregory guy gwendoline hannah harold harriet harry hayley hector heidi helen henry herbert
    hilary hilda horace howard hubert hugh iain ian ida imogen irene isabella ivan ivor jack jacob
    jacqueline jake james jamie jane janet janice jason jayne jean jeanette jeffrey jemma jenna
    jennifer jenny jeremy jesse jessica jessie jill joan joanna joanne jodie joe joel john
    jonathan joseph josephine josh joshua joyce judith julia julian julie justin karen karl kate
    katherine kathleen kathryn katie katy kayleigh keith kelly kenneth kerry kevin kieran kim
    kimberley kirsty kyle laura lauren laurence lawrence leah leanne lee leigh leon leonard lesley
    leslie liam lilian lillian linda lindsay lindsey lionel lisa lorraine louis louisa louise lucy
    luke lydia lynda lyndsey lynn lynne lynsey mabel malcolm mandy marc marcus margaret margery
    maria marian marie marilyn marion marjorie mark marlene martha martin martyn mary mathew
    matthew maud maureen maurice mavis maxine megan melanie melissa melvyn michael michele
    michelle mildred millicent minnie miriam mohamed mohammad mohammed molly monica muriel nancy
    naomi natalie natasha nathan neil nellie neville nichola nicholas nicola nicole nigel noel
    nora norah norman oliver olivia owen paige pamela patricia patrick paul paula pauline peggy
    penelope percival percy peter philip phillip phyllis rachael rachel ralph raymond rebecca
    rebekah reece reginald rhiannon rhys richard ricky rita robert robyn rodney roger roland
    ronald rosie rosina roy royston russell ruth ryan sally sam samantha samuel sandra sara sarah
    scott sean shane sharon shaun sheila shirley sian sidney simon sonia sophie stacey stephanie
    stephen steven stewart stuart susan suzanne sybil sylvia tanya tara terence teresa terry
    thelma theresa thomas timothy tina toby tom toni tony tracey tracy trevor valerie vanessa vera
    veronica vincent vivienne walter wayne wendy wilfred william winifred yasmin yvonne zoe
    """
)
# Of the same lists, and as often a word or a place: they count with a surname met often.
GIVEN_OR_WORD = _words(
    """
    alpha amber april art bill chase chelsea clarence daisy dale drew eden eve faith florence
    georgia gloria grace grant hazel heather hollie holly hope iris ivy jade jasmine jay jordan
    joy june kay lewis lily marina max may mitchell morris norma olive robin rose rosemary ross
    ruby shannon stanley stella summer sydney victor victoria violet will willow
    """
)
# Short forms and further given names in common use.
ALSO_GIVEN = _words(
    """
    abdullah abigail adeel agnieszka ahmed aisha aleksandra ali alina amina amir amit amjad ana
    andrzej andy angus anil anisha anjali anouk anwar arif arjun asif asma ayesha azad beata becky
    bilal bob bobby cathy chinedu chioma chris chrissie danny dave deepa deepak dev dimitri dmitri
    ed eddie ekaterina elena emeka ewa farah farhan fatima fatou fergus finlay frankie fraser
    gabriel geoff giovanni giulia greg gurpreet habib hamza harjit harpreet hassan hussain hussein
    ibrahim iman imran ingrid isaac isla ismail jamal jan javier jen jerome jess jim jimmy jo
    joanna jorge jose juan kamran karim kasia katarzyna kate kath katya kaur kavita ken khadija
    khalid krzysztof kwame lakshmi layla leila leo liz lorna luca lukasz magda malgorzata manish
    manjit marek marta maryam mateusz meera mehmet mei michal mick miguel mike mo mohamad mohan
    mohsin monika muhammad mustafa nadia nasreen neha ngozi nick nikhil nina nisha obi olga olu
    omar omer pablo parveen pawel pedro pete phil pierre piotr pooja priya qasim rafal rahul raj
    rajesh rajinder ranjit ravi rhona ric rob robbie ron rosa rukhsana saba sadia saima salim
    salma sana sandeep sanjay sergei shabana shahid shazia sheena shilpa sinead siobhan sofia
    steve sue sukhdev sumeet sunil sunita suresh surinder suzy svetlana tahir tariq tatiana tim
    tomasz usman vijay vikram waqas wojciech xin yan yusuf zahra zainab zara zeynep
    """
)
SURNAMES = _words(
    """
    adams ahmed akhtar ali allen anderson andrews bailey baker barker barnes begum bell bennett
    booth bradley brooks brown butler campbell carter chambers chapman chen clark clarke collins
    cook cooper cox cruz davies davis davison dawson dixon dunn edwards ellis evans fisher
    fletcher ford foster fox gibson gill gray green griffiths hall hamilton harris harrison harvey
    hill holmes hughes hunt hunter hussain ibrahim iqbal jackson james jenkins johnson johnston
    jones kaur kelly kennedy khan king knight lawrence lee lewis li lloyd macdonald mahmood malik
    marshall martin mason matthews mcdonald miah miller mills mitchell mohamed moore morgan morris
    murphy murray nguyen nowak okafor osman palmer parker patel payne pearce pearson phillips
    poole powell price rahman reid reynolds richards richardson roberts robertson robinson rogers
    rose ross russell ryan saunders scott sharma shaw simpson singh smith spencer stevens stewart
    stone taylor thomas thompson thomson turner walker wang ward watson webb wells west white
    wilkinson williams williamson wilson wong wood woods wright yang young zhang
    """
)
TITLES = _words(
    """
    baroness cllr councillor dame doctor dr imam lady lord miss mr mrs ms mx prof professor rabbi
    rev revd reverend sir
    """
)
# Between the parts of a name.
PARTICLES = _words("de da di du del van von der den la le el al bin ibn bint mac mc ap st o")
# How an organisation is constituted, or what nobody is called: these decide even after a title.
ORGANISED = _words(
    """
    academies academy acme agency alliance allotment ambulance assoc associates association
    associations authority bank barristers borough bros brothers bureau cafe care centre centres
    chamber chambers charitable charity cic cio circle clinic club co co-op coalition collective
    college committee communities community company confederation consortium constabulary
    consultancy consultants consulting contractors coop cooperative corp corporation council
    councils department dept diocese district education enterprise enterprises federation
    fellowship festival forum foundation friends fund gallery gmbh group groups guild holdings
    homes hospice hospital hospitals hub hubs inc initiative institute institution international
    kitchens laboratories league lettings library limited llc llp ltd management mbc ministry
    mission museum network networks nhs nursery office organisation parish partners partnership
    partnerships pharmacy plc police practice pre-school primary project projects properties
    rentals residents restaurant school schools scouts secondary services shelter social societies
    society solicitor solicitors solutions staff studio studios supplies supply support surgery
    synagogue systems tenants test theatre trading training transport travel trust trustees uk
    union unit university ventures volunteers wardens workshop
    """
)
# Trades, things and small words that the names of people lack: they decide where no title does.
ORDINARY = _words(
    """
    account accountants accounts action active activity advice advisory advocacy aid air and
    animal apartments architects architecture army art arts at athletic audio auto autos baby
    bakery band baths beauty being bike bikes birds blue board book books bowling brass bridge
    bright broadband builders building buildings buses business butchers by cabinet cabs car card
    carers carpet carpets cars castle catering cathedral central chapel chartered child childcare
    childminding children childrens choir church cinema citizens city civic class cleaners
    cleaning client close coach coaches coaching coast communications computer computers
    conference connect construction contract control cottage counsel counselling county court
    courts craft creative credit cricket crown culture customer cutting cycles dairy dance data
    day deaf decorators delivery dental design designs development developments digital direct
    disability donor drainage drama drive driving east eastern electrical electricians electronics
    energy engineering engineers england entertainment entertainments environment environmental
    estate estates europe european event events express fabrications faith families family farm
    farms fencing fields film films finance financial fire firm first fish fitness flooring
    florist flowers food foods football for forensic forensics forest foster fostering frame
    freight fresh fruit fuel funder funeral furniture garage garden gardening gardens gas general
    girls glass glazing global gold golf good government grade grantee graphics great greater
    green ground grounds gymnastics hall handyman haulage haven head healing health healthcare
    help heritage high hire history holiday holidays home hope hostel hotel house housing human in
    independent industrial industries information inn innovation insurance interpreting ireland
    irrigation island item joiners joinery junior kids kitchen labour land landscape landscapes
    landscaping language languages law leadership league learning legal leisure level life lifts
    lighting links living local locksmiths lodge london lot magazine maintenance manor marketing
    markets marquees masjid media medical meeting member memorial memorials mental metals
    metropolitan midlands mind mobile mosque motor motors move movement municipal music musicians
    national natural nature new news north northern nurseries nursing occupational of older on
    online open opera option orchestra org organic our outdoor outreach over owners paint painters
    painting panel paper park parking parks parts pass payee payment payments people peoples pest
    phase photo photography physio physiotherapy pictures place plan plant plants platforms play
    players plaza plumbing podiatry post pottery power precast press print printers printing
    prison probation product production productions products professional property provider
    psychiatry psychological psychology public publications publishers publishing pumps quality
    quartet radio rail railway recovery recruitment recycling red refuge refugee regional removals
    rent repair repairs rescue research residence residential resource resources response retail
    ridge riding river riverside road room rooms royal rugby safety sales salon scaffolding
    science scotland scottish security senior sensory service setting shared sharing shop shops
    signs site sixth skating skills skip small software sons south southern space special
    specialist sport sports square standards station stationery steel stone storage store stores
    street strings structures student students suite supplier supported supporting surveyors
    surveys sussex sustainable swimming table tax taxi taxis teaching team tech technical
    technologies technology teesside telecom the therapies therapy timber time to together tools
    tourism town toys trade traffic trains translation translations tree trees trio tuition tv
    type united valley vehicle vendor vets view village vintage virtual vision visual voice voices
    wales warehouse waste water web wedding welfare well wellbeing west western wholesale wildlife
    wind windows with women womens woodland work works world yoga yorkshire young your youth zone
    zoo
    """
)

# What files and sheets are about, and when they are of: no part of the name of a person.
ABOUT = _words(
    """
    account apr april aug august claim claims contribution contributions copy data dec december
    draft expense expenses export extract feb february fees final for form from hours invoice
    invoices jan january jul july jun june ledger list log mar march may month new nov november
    oct october of old paid payment payments quarter register report return returns rota sep sept
    september sheet spend spending summary survey time timesheet timesheets to updated v version
    week year
    """
)

# What stands where a person who is not named would be.
NOBODY = _words(
    """
    a an anonymised anonymous applicant artist award beneficiary data fund grant grantee household
    individual individuals is name not of person personal private protected recipient redacted
    resident scholar student supplied the to unknown unnamed withheld
    """
)
