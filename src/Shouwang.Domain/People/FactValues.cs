namespace Shouwang.Domain.People;

/// <summary>With whom an elder lives; three of these are different situations and are never merged. 居住状况</summary>
public enum LivingSituation { WithFamily = 1, LivingAlone = 2, EmptyNest = 3, LeftBehind = 4 }

/// <summary>Official support category. 救助类别</summary>
public enum SupportCategory { None = 0, ExtremeHardship = 1, MinimumAllowance = 2, MinimumAllowanceEdge = 3 }

/// <summary>Ability level per GB/T 42195-2022, 0 intact to 4 complete loss. 能力等级</summary>
public enum AbilityLevel { Intact = 0, Mild = 1, Moderate = 2, Severe = 3, Complete = 4 }

/// <summary>Special classes that the village records and that visits are owed to: severe disability (重残), a family that lost its only
/// child or whose child is disabled (计划生育特殊家庭), and loss of ability as the village sees it before an assessment (失能). 特殊类别</summary>
[Flags]
public enum SpecialClasses { None = 0, SevereDisability = 1, FamilyPlanning = 2, Incapacitated = 4 }

/// <summary>Where someone lives for good. 常住情况</summary>
public enum Residence { Here = 1, MovedIn = 2, MovedAway = 3, Ended = 4 }

/// <summary>Where someone is registered. 户籍</summary>
public enum Registration { Village = 1, Township = 2, Elsewhere = 3 }

/// <summary>Whether and why someone is not at home. 在家情况</summary>
public enum Absence { Home = 0, Hospital = 1, Visiting = 2, Away = 3, Moved = 4, Dead = 5 }

/// <summary>How far someone can read a notice. 识字情况</summary>
public enum Reading { CannotRead = 1, Little = 2, Reads = 3 }

/// <summary>Whose phone a number is: an old person is often reached through someone else's. 电话归属</summary>
public enum PhoneOwner { Own = 1, Relative = 2, Neighbour = 3 }

/// <summary>Yes or no. 是否</summary>
public enum Answer { No = 0, Yes = 1 }

/// <summary>The illnesses a village may note, because helpers must know of them; all others stay with the doctor. 可登记的疾病</summary>
[Flags]
public enum Illnesses
{
    None = 0, Hypertension = 1, Diabetes = 2, HeartDisease = 4, Stroke = 8, LungDisease = 16, JointDisease = 32, Dementia = 64, Falls = 128,
}

/// <summary>What someone who helps can do: the services of the list, and two that need practice (bedside care 失能护理, dementia care
/// 失智照护). 技能</summary>
[Flags]
public enum Skills
{
    None = 0, Visit = 1, Meals = 2, Cleaning = 4, Escort = 8, Emergency = 16, Medical = 32, Farming = 64, Errands = 128,
    BedsideCare = 256, DementiaCare = 512,
}

/// <summary>From where a volunteer comes, as the village counts its teams: villagers 村民, party members 党员, women at home 留守妇女,
/// younger elders 低龄老人, members of a charity's "1+1" team; one person can be several. 志愿者类别</summary>
[Flags]
public enum VolunteerKinds { None = 0, Villager = 1, PartyMember = 2, WomanAtHome = 4, YoungerElder = 8, OnePlusOne = 16 }

/// <summary>Whom an elder lets in: anyone, only a man, only a woman. 对上门人性别的要求</summary>
public enum HelperWish { Anyone = 0, Man = 1, Woman = 2 }

/// <summary>When someone who helps has time. 可服务时间</summary>
[Flags]
public enum Availability { None = 0, WeekdayDays = 1, WeekdayEvenings = 2, WeekendDays = 4, WeekendEvenings = 8, Nights = 16, Farming = 32 }

/// <summary>Which insurance covers someone who helps; it holds for the fact's period. 保险</summary>
public enum Insurance { Accident = 1, AccidentAndWay = 2 }

/// <summary>That someone who helps was found fit; it holds for the fact's period. 体检</summary>
public enum HealthCheck { Fit = 1, FitWithLimits = 2 }

/// <summary>How a thing that runs out stands. 有效状态</summary>
public enum Validity { Missing = 0, Expired = 1, Soon = 2, Valid = 3 }
